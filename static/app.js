// What pages do better with JavaScript. Without this file every page and form still works.
(() => {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const flash = () => $("#flash");

  const announce = (words) => {
    const place = $("#announcement");
    if (place) place.textContent = words;
  };

  const warn = (words) => {
    const line = document.createElement("p");
    line.className = "error";
    line.textContent = words;
    flash().replaceChildren(line);
    flash().focus();
  };

  // A page is new, or a part of it was changed.
  const prepare = () => {
    all("input[type='date']").forEach(sayDay);
    all("[data-show][hidden]").forEach((button) => { button.hidden = false; });
    if (navigator.clipboard) all("[data-copy][hidden]").forEach((button) => { button.hidden = false; });
    if (!CSS.supports("selector(::details-content)") && matchMedia("(min-width: 60rem)").matches) {
      all("details.filters").forEach((filters) => { filters.open = true; });
    }
  };

  // A native date field shows figures in the order of the browser: say the day in words too.
  const sayDay = (field) => {
    if (!field.nextElementSibling?.matches(".in-words")) {
      field.insertAdjacentHTML("afterend", "<output class='in-words'></output>");
    }
    const day = field.valueAsDate;
    const words = { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" };
    field.nextElementSibling.textContent = day ? day.toLocaleDateString(document.documentElement.lang.replace(/^en$/, "en-GB"), words) : "";
  };
  document.addEventListener("change", (event) => {
    if (event.target.matches("input[type='date']")) sayDay(event.target);
  });

  const focusFirstInvalid = () => {
    const field = $("[aria-invalid='true']") || $("#refusals");
    if (field) field.focus();
  };

  // Copy buttons: <button data-copy="#id" hidden>; the text or value of #id.
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) {
      const source = $(button.dataset.copy);
      await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
      announce(flash().dataset.copied);
      const words = button.textContent;
      button.textContent = flash().dataset.copied;
      setTimeout(() => { button.textContent = words; }, 2000);
    }
    all("details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  // Show the password: <button type="button" data-show="#id" hidden>; a second press hides it.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-show]");
    if (!button) return;
    const field = $(button.dataset.show);
    field.type = field.type === "text" ? "password" : "text";
    button.setAttribute("aria-pressed", String(field.type === "text"));
  });

  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest("details.menu[open]");
    if (menu) {
      menu.open = false;
      $("summary", menu).focus();
    }
  });

  // A second press while the first is on its way is not sent. The button stays enabled, so its
  // name and value travel with the form, and is free again when an answer or nothing comes.
  const free = (form) => {
    delete form.dataset.sent;
    all("[aria-disabled]", form).forEach((button) => button.removeAttribute("aria-disabled"));
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.sent = "yes";
    all("button:not([type='button'])", form).forEach((button) => button.setAttribute("aria-disabled", "true"));
    setTimeout(free, 15000, form);
  }, true);
  addEventListener("pageshow", () => all("form[data-sent]").forEach(free));
  document.addEventListener("htmx:finally:request", (event) => {
    if (event.target.matches?.("form")) free(event.target);
  });

  // Empty filters do not belong into an address people pass on.
  document.addEventListener("htmx:config:request", (event) => {
    const { method, body } = event.detail.ctx.request;
    if (method === "GET") [...body].forEach(([name, value]) => { if (value === "") body.delete(name); });
  });

  // htmx: what was folded open stays open; an error leaves the page, and what was typed, as it is.
  let open = [];
  document.addEventListener("htmx:before:swap", (event) => {
    const { ctx, tasks } = event.detail;
    const { status, raw } = ctx.response;
    if (status >= 400 && status !== 422) {
      event.preventDefault();
      return;
    }
    const main = tasks.find((task) => task.type === "main");
    if (ctx.select && main && !main.fragment.childElementCount) {
      event.preventDefault(); // the answer is another page: go there
      location.assign(raw.url);
      return;
    }
    open = all("details[id][open]").map((details) => details.id);
  });
  document.addEventListener("htmx:after:swap", (event) => {
    open.forEach((id) => { const details = document.getElementById(id); if (details) details.open = true; });
    prepare();
    if (event.detail.ctx.response.status === 422) {
      focusFirstInvalid();
    } else {
      const news = $("[data-announce]");
      if (news) announce(news.textContent.trim());
      const { request, target } = event.detail.ctx;
      const changed = (target?.id && document.getElementById(target.id)) || event.target;
      const region = request.method === "GET" || !flash().textContent.trim() ? changed : flash();
      if (region.textContent?.trim() && [document.body, null].includes(document.activeElement)) {
        region.tabIndex = -1; // what had the focus is gone: stay near it
        region.focus({ preventScroll: region !== flash() });
      }
    }
  });
  document.addEventListener("htmx:response:error", (event) => {
    const { response, request, text } = event.detail.ctx;
    if (response.status === 422) return;
    if (request.method === "GET" && ![429, 503].includes(response.status)) {
      location.assign(request.action);
      return;
    }
    const answer = new DOMParser().parseFromString(text, "text/html");
    const token = $("input[name='csrf_token']", answer);
    if (token) all("input[name='csrf_token']").forEach((input) => { input.value = token.value; });
    const reasons = all("#error h1, #error > p, #flash > p, #refusals p", answer);
    warn(reasons.map((reason) => reason.textContent.trim()).join(" ") || flash().dataset.failed);
  });
  document.addEventListener("htmx:error", () => warn(flash().dataset.offline));

  prepare();
  focusFirstInvalid();
})();
