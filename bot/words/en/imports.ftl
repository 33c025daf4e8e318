### Imports in Slack: the message of a file, its question, and what came of it. { $file } is its name.

imports-looking = *{ $file }*: I am having a look at it.
imports-looking-size = *{ $file }* ({ $size } MB): I am having a look at it.
imports-begun = *{ $file }* is being imported into { $project }: just begun.
imports-running = *{ $file }* is being imported into { $project }: { $bar } { $rows ->
        [one] 1 row
       *[other] { $rows } rows
    } so far.
imports-dropped = *{ $file }* was not imported: left out.
imports-dropped-by = *{ $file }* was not imported: left out by { $person }.
imports-failed = *{ $file }* could not be imported. { $why }

## The question

imports-question = *{ $file }*: shall I import it into { $project }? Choose which column holds the texts, and which one known labels ({ $labels }), if any.
imports-question-which = *{ $file }*: shall I import it? Choose which column holds the texts, and which one known labels ({ $labels }), if any.
imports-columns = The file has the columns { $columns }.
imports-first-row = The first row: “{ $text }”
imports-for-good = The project has items already. What is imported can't be taken out again.
imports-start = Import
imports-drop = Don't import
imports-text-column = Column of the texts
imports-label-column = Column of the labels
imports-project = Project
imports-no-label = no label
# A column without a name, by its place.
imports-column = column { $place }

## What came of it

imports-done = *{ $file }* is in { $project }: { $parts }, of { $rows ->
        [one] 1 row
       *[other] { $rows } rows
    }.
# Joined by commas in imports-done.
imports-added = { $items ->
        [one] 1 item added
       *[other] { $items } items added
    }
imports-known = { $items } there already
imports-duplicates = { $items ->
        [one] 1 duplicate left out
       *[other] { $items } duplicates left out
    }
imports-rejected = { $rows ->
        [one] 1 row refused
       *[other] { $rows } rows refused
    }
imports-labelled = { $items ->
        [one] 1 item came with a label.
       *[other] { $items } items came with a label.
    }
imports-conflicts = { $rows ->
        [one] 1 row had another label than the item has already; the item's stands.
       *[other] { $rows } rows had another label than the item has already; the item's stands.
    }
# { $reasons }: the next text for each reason, by comma.
imports-refused = Refused: { $reasons }. The attached file has each with its line and reason.
# { $reason }: the code in the file. { $other }: the same, for one that is not known here.
imports-refused-reason = { $reason ->
        [bad-id] unusable id
        [bad-url] no web address
        [columns] too many or too few columns
        [empty-text] empty text
        [json] no JSON
        [long-text] text too long
        [missing-column] column missing
        [not-text] no text
        [nul] NUL character
        [quotes] misplaced quote
        [repeated-id] id used twice
        [too-long] field too long
        [unknown-label] unknown label
       *[other] { $other }
    } ({ $rows })
imports-rejects-title = Refused rows of { $file }
imports-rejects = Rows of { $file } that could not be imported, by line. Mend them, and drop the mended file here.

## Dropped files and pressed buttons

imports-not-seen = Slack could not be asked about it just now. If it holds items, drop it here again.
imports-a-file = A file
imports-save-as = Roundtable reads CSV, TSV and JSONL; save it as one of these (in a spreadsheet: as CSV, UTF-8) and drop it here again.
imports-choose-text = Choose the column of the texts first.
imports-not-here = That project is not in this channel; choose one of those in the menu.
imports-not-waiting = { $file } is not waiting for an answer any more.
imports-no-column = { $file } has no column { $column }; choose one of those in the menu.
imports-same-column = The text and the label can't be the same column; choose another one, or no label.
imports-moved-on = The import of { $file } has moved on meanwhile; look at its message again.
imports-unknown = There is no import { $id }.
imports-no-rejects = No refused rows are kept of the import { $id }.

## Why it failed, or will be tried again

imports-broke-off = It was tried { $times ->
        [one] 1 time
       *[other] { $times } times
    }, and each time the worker broke off; see its log.
imports-tried = { $why } It was tried { $times ->
        [one] 1 time
       *[other] { $times } times
    }.
imports-not-kept = The file could not be kept on the server: { $why }.
# In the file of refused rows, where it is cut.
imports-cut = The rest was left out: there are too many.

## Getting the file

fetch-slack-refuses = Slack does not give the file ({ $why }); drop it into the channel again.
fetch-slack-later = Slack can't be asked for the file just now.
fetch-slack-scopes = Slack does not let the app read the file; install it again with the scopes of manifest.yml (files:read).
fetch-slack-broken = The file could not be read from Slack ({ $why }).
fetch-slack-address = Slack names an address for the file that is not its own, so it was not fetched; drop the file itself.
fetch-no-address = That is no web address; give one that begins with https:// and leads to the file itself.
fetch-log-in = The address has a user name or password in it; give one without.
fetch-port = Port { $port } is not for files on the web; give an address without it.
fetch-later = { $host } can't give the file just now (HTTP { $status }).
fetch-refused = { $host } does not give the file (HTTP { $status }); check the address, and whether it asks for a log-in.
fetch-kind = { $host } answers with { $kind }, not with a CSV, TSV or JSONL file; give the file's own address.
fetch-compressed = { $host } sends the file compressed though it was asked not to; give the address of an uncompressed one.
fetch-slow = The file had not come whole after { $minutes } minutes.
fetch-empty = The file is empty.
fetch-too-large = The file has more than the { $limit } MB that are taken here (ROUNDTABLE_MAX_IMPORT_MB); split it, or use `roundtable import` on the server.
fetch-no-host = The name { $host } can't be found just now; check its spelling.
fetch-not-public = { $host } is not on the public internet, so nothing is fetched from it.
fetch-redirects = { $host } redirects more than { $times } times; give the file's own address.
fetch-certificate = { $host } has no valid certificate, so nothing is fetched from it.
fetch-broken = { $host } can't be reached, or breaks off ({ $why }).
fetch-to-http = { $host } redirects from https to http, where anybody could change the file; give another address.
fetch-no-kind = It can't be told whether { $host } gives CSV, TSV or JSONL; give an address that ends in .csv, .tsv or .jsonl.
