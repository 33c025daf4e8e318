-- A vote on an item whose round is closed: a change of mind, with its reason. It moves the label and its revision, and nothing of
-- the round. An item that is asked again in an open round is answered there (cast.lua).
-- ARGV: project, round, position, query id, item, user, label, delivery, at (ms), overlap, log fields (JSON list).
-- Returns {status, seq, previous label}; '' for nothing.
local project, round, position, query_id = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local item, user, label, delivery = ARGV[5], ARGV[6], ARGV[7], ARGV[8]
local at, overlap, flat = tonumber(ARGV[9]), tonumber(ARGV[10]), cjson.decode(ARGV[11])
local error = frozen(project)
if error then return error end
local query = call('HGET', K.queries(project, round), position)
if not query or cjson.decode(query).item_id ~= item then return { 'unknown', '', '' } end
local seen = delivered_before(project, delivery)
if seen then return { 'duplicate', seen, '' } end
local newest = call('HGET', K.asked(project), item)
local state = call('HGET', K.round(project, string.match(newest, ':(%d+):')), 'state')
if state == 'closing' then return { 'learning', '', '' } end
if state == 'open' then return { 'asked again', '', '' } end
local gone = taken_away(project, label)
if gone then return gone end

local answers = answers_on(project, item)
local before = answers[user]
if before and before[1] == label and not new_reason(project, flat) then
  delivered(project, delivery, '')
  return { 'unchanged', '', label }
end
local seq = call('XADD', K.log(project), '*', unpack(flat))
delivered(project, delivery, seq)
answers[user] = { label, tonumber(round) }
store_answers(project, item, answers)
note_reason(project, flat)
call('HINCRBY', K.meta(project), 'label_revision', 1)
settle_label(project, item, answers, overlap, nil)
touch('query:' .. newest, at)
return { before and 'changed' or 'recorded', seq, before and before[1] or '' }
