-- One answer: vote, undo, skip or unsure.
-- ARGV: project, round, position, query id, kind, item, user, label or '', action, at (ms), overlap, log fields (JSON list),
-- the one label that an undo takes back (or '': whatever it is).
-- Returns {status, seq, previous label, message revision, answered, total}; '' for nothing.
local project, round, position, query_id = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local kind, item, user, label, action = ARGV[5], ARGV[6], ARGV[7], ARGV[8], ARGV[9]
local at, overlap, only = tonumber(ARGV[10]), tonumber(ARGV[11]), ARGV[13]
local round_key = K.round(project, round)

local error = frozen(project)
if error then return error end

local function outcome(status, seq, previous, revision)
  local progress = call('HMGET', round_key, 'answered', 'total')
  revision = revision or call('HGET', K.message('query:' .. query_id), 'revision')
  return { status, seq or '', previous or '', tonumber(revision or 0), tonumber(progress[1] or 0), tonumber(progress[2] or 0) }
end

local query = call('HGET', K.queries(project, round), position)
if not query or cjson.decode(query).item_id ~= item then return { 'unknown', '', '', 0, 0, 0 } end

-- Every path from here on writes, if only the action again: WAITAOF waits for the writes of its own connection, so that a
-- delivery twice is acknowledged only when the first one's vote is on disk, too.
local actions, delivery = K.actions(project, round), position .. '|' .. user .. '|' .. action
local seen = call('HGET', actions, delivery)
if seen then
  call('HSET', actions, delivery, seen)
  return outcome('duplicate', seen)
end
if call('HGET', round_key, 'state') ~= 'open' then return outcome('closed') end
local gone = kind == 'vote' and taken_away(project, label)
if gone then return gone end

local answers = answers_on(project, item)
local before = answers[user]
local previous = before and before[1] or nil
local same_round = before and before[2] == tonumber(round)
local earlier = asked_again(project, round, item)
-- Of an item asked again the screen shows nothing of earlier rounds, so that is not what somebody takes back, or passes over.
local unseen = earlier and before and not same_round
if kind == 'undo' and (not before or unseen or (only ~= '' and previous ~= only)) then
  call('HSET', actions, delivery, '')
  return outcome('nothing')
end
local wanted, mark = kind == 'vote' and label, kind == 'unsure' and 'unsure' or nil
local fields = cjson.decode(ARGV[12])
local same = same_round and before[1] == wanted and before[3] == mark and not (wanted and new_reason(project, fields))
if kind ~= 'undo' and (same or (unseen and previous and not wanted)) then
  call('HSET', actions, delivery, '')
  return outcome('unchanged', nil, previous)
end

local had_its_answer = earlier and newcomer(answers, round, earlier)
local seq = call('XADD', K.log(project), '*', unpack(fields))
call('HSET', actions, delivery, seq)
if kind == 'undo' then answers[user] = nil else answers[user] = { wanted, tonumber(round), mark } end
store_answers(project, item, answers)
note_reason(project, fields)
-- What is answered is no longer held for this person.
local lease = kind ~= 'undo' and call('HGET', K.leases(project, round), user)
if lease and string.match(lease, '^%d+') == position then call('HDEL', K.leases(project, round), user) end
local counted = (kind == 'vote' and 1 or 0) - ((same_round and previous) and 1 or 0)
if counted ~= 0 and call('HINCRBY', K.people(project, round), user, counted) <= 0 then
  call('HDEL', K.people(project, round), user)
end
if kind == 'vote' or previous then call('HINCRBY', K.meta(project), 'label_revision', 1) end
local answered = call('HGET', round_key, 'answered')
settle_label(project, item, answers, overlap, round)
local has_its_answer = earlier and newcomer(answers, round, earlier)
if has_its_answer ~= had_its_answer then call('HINCRBY', round_key, 'answered', has_its_answer and 1 or -1) end
local progress = call('HMGET', round_key, 'answered', 'total')
-- The answer that completes the round, and no other, wakes the worker.
if progress[1] ~= answered and progress[1] == progress[2] then wake() end
local revision = touch('query:' .. query_id, at + QUERY_TOUCH_MS)
touch('round:' .. project .. ':' .. round, at + ROUND_TOUCH_MS)
return outcome(before and 'changed' or 'recorded', seq, previous, revision)
