### Files with items: what is wrong with a file as a whole, and with one of its rows. Shown on the command line, too, and in the file of refused rows.

# { $file } is a file's name or path. Values in quotes come with them.
table-at = { $file }, line { $line }: { $fault }
table-no-file = { $file }: there is no such file
table-no-regular-file = { $file }: is no regular file
table-unreadable = { $file }: { $why }
table-suffix = { $file }: the name must end in one of { $known }
table-empty = { $file }: the file is empty
table-no-row = { $file }: there is no row in it that can be read
table-utf16 = { $file }: line 1, byte 1: this is UTF-16; save it as UTF-8
table-not-utf8 = { $file }: line { $line }, byte { $byte } of the line (byte { $offset } of the file) is 0x{ $value }, which is not UTF-8; save the file as UTF-8
table-text-column = The text column needs a name.

# Behind table-at.
table-no-commas = no commas between the columns; save it as comma-separated CSV, or as .tsv with tabs
table-no-column = there is no column { $column }; there are { $known }
table-long-line = longer than { $most } characters; is this a text file?
table-quotes = too many quotes are opened and never closed
table-header = the header can't be read: { $why }
table-twice = two columns are called { $column }; rename one

## One row

row-columns = { $found } columns instead of { $wanted }
row-nul = a NUL character is no text
row-quote-open-until = a quote that is opened here is never closed, or not as it should be (on line { $line }); only this line is left out
row-quote-open = a quote that is opened here is never closed
row-quote-stray = a quote stands where none may; put the field in quotes and write each quote in it twice
row-long-field = a field has more than { $most } characters
row-json = not JSON: { $why } at column { $column }
row-json-unusable = not usable JSON: { $why }
row-json-nul = a NUL character (\u0000) is no text
row-json-surrogate = half a surrogate pair (\ud800 to \udfff) is no character
row-json-constant = { $value } is not JSON
row-json-object = not a JSON object
row-repeated-id = the id { $id } stands on line { $line } already
row-known-id = the id { $id } is there already, with another text
row-no-column = there is no { $column }
row-not-text = { $column } is { $kind ->
        [bool] true or false
        [number] a number
        [list] a list
       *[object] an object
    }, not text
row-empty-text = the text is empty
row-long-text = the text has { $characters } characters; at most { $most } are taken
row-long-id = the id has { $characters } characters; at most { $most } are taken
row-bad-id = the id { $id } has control characters in it or white space around it
row-bad-url = the url { $url } is no http or https address of at most { $most } characters
row-bad-image-url = the image url { $url } is no http or https address of at most { $most } characters
label-unknown = { $label } is none of the labels { $known }
label-no-set = { $label } is no set of labels
label-separator = The separator { $separator } can't tell the label { $label } from others; give another one, or write labels as JSON: { $json }.

## Imports as a whole

intake-rejects-file = { $file }: is the file to be imported; name another one for the rejects
intake-stopped = { $fault }. Nothing was imported.
intake-stopped-midway = { $fault }. Rows before it were imported.

## Writing files

file-not-written = { $file }: can't be written: { $why }
file-folder = { $file }: is a folder; name a file
