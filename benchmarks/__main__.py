"""Everything that is claimed about speed, one after the other: `make bench`."""

from benchmarks import feeds, lists, registrations, search, start

for part in start, lists, feeds, registrations, search:
    print(f"\n{(part.__doc__ or '').splitlines()[0]}\n", flush=True)
    part.main()
