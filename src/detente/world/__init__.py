"""What is known before reading: states, organisations, offices, people with dates, places.

All of it stands in CSV files in `data/`, which anybody can correct; `tables` reads them, `registry` finds their names
in a text, `gazetteer` adds the cities of GeoNames. How names are understood:

- A capital that acts ("Moscow said") is its state; a seat of the executive ("the Kremlin") is the state's government,
  an organisation that acts for the state. Whether a capital acts or is only a place is for grammar to say (`reading`).
- A place lies in the state in whose recognised territory it lies, by the basis that its row names; `claimed_by` lists
  others. The default follows the United Nations. An area whose status is undetermined lies in no state.
- Territories with a code of ISO 3166 of their own (Taiwan, Hong Kong, Western Sahara) and Kosovo (KOS) are indexed like
  states; this says nothing on their status. Partly recognised authorities have the sector PRE.
- "The West", peoples and creeds are groups, with a country only where they live in one; they are never expanded.
- Nobody and nothing is known to a text that is older than the first date on record. Offices are those of the text's
  day: who has left one is ELI; so is a president-elect; a candidate is PTY. Without a day no office is taken from here.
- Forces that govern change their row with the date: the Taliban are REB until August 2021, and GOV and PRE since.
"""
