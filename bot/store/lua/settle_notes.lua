-- An adjudicator has looked at what people said about an item, and leaves its label to the votes.
-- ARGV: project, delivery, at (ms), log fields (JSON list).  Returns {status, seq}; '' for nothing.
local project, delivery, at, flat = ARGV[1], ARGV[2], tonumber(ARGV[3]), cjson.decode(ARGV[4])
local entry = fields_of(flat)
local error = refused(project, entry.item)
if error then return error end
local seen = delivered_before(project, delivery)
if seen then return { 'duplicate', seen } end

local notes = notes_on(project, entry.item)
if not settle_all(notes, true) then
  delivered(project, delivery, '')
  return { 'nothing', '' }
end
notes.settle = { user = entry.user, reason = entry.reason, at = entry.at }
local seq = call('XADD', K.log(project), '*', unpack(flat))
delivered(project, delivery, seq)
store_notes(project, entry.item, notes)
touch_newest(project, entry.item, at)
return { 'recorded', seq }
