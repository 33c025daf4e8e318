-- An adjudicator's decision, or one withdrawn.
-- ARGV: project, delivery, at (ms), overlap, log fields (JSON list; kind override or withdraw).  Returns {status, seq}.
local project, delivery, at, overlap = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local flat = cjson.decode(ARGV[5])
local entry = fields_of(flat)
local item, withdraw = entry.item, entry.kind == 'withdraw'
local error = refused(project, item)
if error then return error end
local seen = delivered_before(project, delivery)
if seen then return { 'duplicate', seen } end
local gone = not withdraw and taken_away(project, entry.label)
if gone then return gone end

local notes = notes_on(project, item)
local before, said = call('HGET', K.overrides(project), item), notes.override
-- What people said is answered by the decision, and open again without it.
local answers_them = settle_all(notes, not withdraw)
if withdraw and not before then
  delivered(project, delivery, '')
  return { 'nothing', '' }
end
if not withdraw and before == entry.label and said and said.reason == entry.reason and not answers_them then
  delivered(project, delivery, '')
  return { 'unchanged', '' }
end

local _, round = open_query(project, item)
if round then
  flat[#flat + 1] = 'round'
  flat[#flat + 1] = round
end
local seq = call('XADD', K.log(project), '*', unpack(flat))
delivered(project, delivery, seq)
if withdraw then
  call('HDEL', K.overrides(project), item)
  notes.override = nil
else
  call('HSET', K.overrides(project), item, entry.label)
  notes.override = { user = entry.user, label = entry.label, reason = entry.reason, at = entry.at }
end
store_notes(project, item, notes)
call('HINCRBY', K.meta(project), 'label_revision', 1)
local answered = round and call('HGET', K.round(project, round), 'answered')
settle_label(project, item, answers_on(project, item), overlap, round)
touch_newest(project, item, at)
if round then
  touch('round:' .. project .. ':' .. round, at)
  local progress = call('HMGET', K.round(project, round), 'answered', 'total')
  if progress[1] ~= answered and progress[1] == progress[2] then wake() end
end
return { before and 'changed' or 'recorded', seq }
