-- A flag, a flag taken back, or a correction: no vote, but an adjudicator should look.
-- ARGV: project, delivery, at (ms), log fields (JSON list).  Returns {status, seq}; '' for nothing.
local project, delivery, at, flat = ARGV[1], ARGV[2], tonumber(ARGV[3]), cjson.decode(ARGV[4])
local entry = fields_of(flat)
local item = entry.item
local error = refused(project, item)
if error then return error end
local seen = delivered_before(project, delivery)
if seen then return { 'duplicate', seen } end
local gone = taken_away(project, entry.label)
if gone then return gone end

local notes = notes_on(project, item)
local name = (entry.kind == 'correction' and 'correction|' or 'flag|') .. entry.user
local before = notes[name]
if entry.kind == 'unflag' then
  if not before then
    delivered(project, delivery, '')
    return { 'nothing', '' }
  end
  notes[name] = nil
else
  if before and not before.settled and before.reason == entry.reason and before.label == entry.label then
    delivered(project, delivery, '')
    return { 'unchanged', '' }
  end
  notes[name] = { label = entry.label, reason = entry.reason, at = entry.at, settled = false }
end
local seq = call('XADD', K.log(project), '*', unpack(flat))
delivered(project, delivery, seq)
store_notes(project, item, notes)
touch_newest(project, item, at)
return { before and 'changed' or 'recorded', seq }
