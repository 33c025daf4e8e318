-- Shared by all scripts. Before it stand, made from keys.py: P (the prefix), K (names of keys) and the constants.

local call = redis.call

-- nil, or the error to return: the token is not its lock's newest any more.
local function stale(token)
  if call('EXISTS', K.fence(token)) == 0 then
    return redis.error_reply('STALE another worker has taken this over (token ' .. token .. ' is no longer the newest)')
  end
end

-- nil, or the error to return: `rebuild` is writing, for a fraction of a second.
local function frozen(project)
  if call('EXISTS', K.frozen(project)) == 1 then
    return redis.error_reply('NOTSAVED not saved: the labels are just being rebuilt; try again')
  end
end

local function fields_of(flat)
  local fields = {}
  for i = 1, #flat, 2 do fields[flat[i]] = flat[i + 1] end
  return fields
end

-- At most one wake-up waits: a worker looks at all there is to do.
local function wake()
  if call('LLEN', K.wake()) == 0 then call('LPUSH', K.wake(), 1) end
end

-- Appends to the administrative log: a list of fields (JSON); '' for no entry.
local function log_act(project, fields)
  if fields ~= '' then return call('XADD', K.acts(project), '*', unpack(cjson.decode(fields))) end
end

-- Outbox ------------------------------------------------------------------------------------------------------------

-- posts: list of {key, project, channel, thread key or '', kind}. A key that is there already is left as it is.
local function intend(posts)
  for _, post in ipairs(posts) do
    local message = K.message(post[1])
    if call('EXISTS', message) == 0 then
      call('HSET', message, 'project', post[2], 'channel', post[3], 'thread', post[4], 'kind', post[5],
        'state', 'queued', 'attempts', 0, 'revision', 0)
      call('ZADD', K.queue(), call('INCR', K.sequence()), post[1])
      call('SADD', K.waiting(post[2]), post[1])
    end
  end
end

-- Takes up an import and intends its message; false if it is there already. open: a worker has something to do with it.
local function add_import(id, json, posts, open)
  if call('HSETNX', K.imports(), id, json) == 0 then return false end
  if open then call('SADD', K.open_imports(), id) end
  intend(posts)
  wake()
  return true
end

-- Moves a message's revision and marks it for update; an earlier due time stands. A message that is not posted yet
-- only moves its revision: `posted` compares it with the one that was sent. Returns the revision, 0 without a message.
local function touch(key, due)
  local message = K.message(key)
  local state = call('HGET', message, 'state')
  if not state then return 0 end
  if state == 'posted' then call('ZADD', K.due(), 'LT', due, key) end
  return call('HINCRBY', message, 'revision', 1)
end

-- Labels ------------------------------------------------------------------------------------------------------------
-- An item's answers: {user: [label, or false for none, round in which it was given, 'unsure' or nothing (a skip)]}.

local function answers_on(project, item)
  local text = call('HGET', K.answers(project), item)
  return text and cjson.decode(text) or {}
end

local function store_answers(project, item, answers)
  if next(answers) == nil then
    call('HDEL', K.answers(project), item)
  else
    call('HSET', K.answers(project), item, cjson.encode(answers))
  end
end

-- Where items carry several labels an answer is a JSON array of them (bot/domain/labelsets.py says the same as these two).

-- The project's labels if this answer is one of such a project; nil if it is a label as it stands.
local function label_set(project, answer)
  if string.sub(answer, 1, 1) ~= '[' then return nil end
  local settings = cjson.decode(call('HGET', K.projects(), project))
  return settings.multi_label and settings.labels or nil
end

-- The labels that an answer names.
local function labels_in(project, answer)
  return label_set(project, answer) and cjson.decode(answer) or { answer }
end

-- nil, or the error to return: the answer names a label that was taken away while somebody chose it.
local function taken_away(project, answer)
  local key = K.gone(project)
  if not answer or answer == '' or call('EXISTS', key) == 0 then return nil end
  for _, label in ipairs(labels_in(project, answer)) do
    if call('SISMEMBER', key, label) == 1 then return redis.error_reply('CONFLICT label-gone') end
  end
end

-- The labels that more than half of the `n` votes have (votes: answer -> how many), as one answer; nil where just half have one.
local function majority_set(labels, votes, n)
  local have, chosen = {}, {}
  for answer, count in pairs(votes) do
    for _, label in ipairs(cjson.decode(answer)) do have[label] = (have[label] or 0) + count end
  end
  for _, count in pairs(have) do
    if 2 * count == n then return nil end
  end
  for _, label in ipairs(labels) do
    -- cjson writes a slash with a backslash before it, Python does not.
    if 2 * (have[label] or 0) > n then chosen[#chosen + 1] = string.gsub(cjson.encode(label), '\\/', '/') end
  end
  return '[' .. table.concat(chosen, ',') .. ']'
end

-- What `n` votes (answer -> how many) come to: the strict winner, nil in a tie.
local function winner(project, votes, n)
  local first = next(votes)
  local labels = first and label_set(project, first)
  if labels then return majority_set(labels, votes, n) end
  local best, most = nil, 0
  for label, count in pairs(votes) do
    if count > most then
      best, most = label, count
    elseif count == most then
      best = nil
    end
  end
  return best
end

-- {user: true} of those who had answered an item before it was asked again in that round; nil if it was not asked again.
local function asked_again(project, round, item)
  local text = round and call('HGET', K.again(project, round), item)
  if not text then return nil end
  local earlier = {}
  for _, user in ipairs(cjson.decode(text)) do earlier[user] = true end
  return earlier
end

-- What a query wants that asks again: an answer, given in its round, of somebody who had not answered before.
local function newcomer(answers, round, earlier)
  for user, answer in pairs(answers) do
    if answer[1] and answer[2] == tonumber(round) and not earlier[user] then return true end
  end
  return false
end

-- The strict winner among people's present votes if there are `overlap` of them; else the imported label; nil if neither.
-- An adjudicator's decision stands above both. Of a known answer that was mixed in, the imported label stands above people's votes,
-- which are there to measure them. Second result: how it was decided; third: present votes by label.
local function decide(project, item, answers, overlap)
  local people, n, all = {}, 0, {}
  for user, answer in pairs(answers) do
    local label = answer[1]
    if label then
      all[label] = (all[label] or 0) + 1
      if user ~= 'import' then
        people[label] = (people[label] or 0) + 1
        n = n + 1
      end
    end
  end
  local override = call('HGET', K.overrides(project), item)
  if override then return override, 'override', all end
  local imported = answers['import'] and answers['import'][1]
  if imported and call('SISMEMBER', K.gold(project), item) == 1 then return imported, 'import', all end
  local best = n >= overlap and winner(project, people, n)
  if best then return best, 'majority', all end
  if imported then return imported, 'import', all end
end

-- Why an adjudicator should look at the answers: 'tie'; 'split', a label but not by everybody's vote; 'unsure', as many as
-- were wanted (two at least) can't say. nil: no need. `how` is the second result of `decide`.
local function dispute(answers, overlap, how)
  if how and how ~= 'majority' then return nil end
  local first, differ, votes, unsure = nil, false, 0, 0
  for user, answer in pairs(answers) do
    if answer[3] then
      unsure = unsure + 1
    elseif answer[1] and user ~= 'import' then
      votes = votes + 1
      differ = differ or (first ~= nil and answer[1] ~= first)
      first = answer[1]
    end
  end
  if how then return differ and 'split' or nil end
  if votes >= overlap and differ then return 'tie' end
  return unsure >= math.max(2, overlap) and 'unsure' or nil
end

-- Recomputes an item's label, the counts by label, whether it is disputed, and the progress of `round` (nil: of none). A label is not
-- what a query wants that asks again: see cast.lua.
local function settle_label(project, item, answers, overlap, round)
  local stored = call('HGET', K.labels(project), item)
  local before = stored and cjson.decode(stored).value or nil -- an absent field is false, and false ~= nil
  local label, how, votes = decide(project, item, answers, overlap)
  if label then
    call('HSET', K.labels(project), item, cjson.encode({ value = label, votes = votes, decided_by = how }))
  elseif before then
    call('HDEL', K.labels(project), item)
  end
  local why = dispute(answers, overlap, how)
  if why then
    call('HSET', K.disputes(project), item, why)
  else
    call('HDEL', K.disputes(project), item)
  end
  if label ~= before then
    if before and call('HINCRBY', K.counts(project), before, -1) == 0 then call('HDEL', K.counts(project), before) end
    if label then call('HINCRBY', K.counts(project), label, 1) end
  end
  if round and (label ~= nil) ~= (before ~= nil) and call('HEXISTS', K.again(project, round), item) == 0 then
    call('HINCRBY', K.round(project, round), 'answered', label and 1 or -1)
  end
end

-- The query that is open for an item, with its round; nil if none is.
local function open_query(project, item)
  local query = call('HGET', K.asked(project), item)
  if not query then return nil end
  local round = string.match(query, ':(%d+):')
  if call('HGET', K.round(project, round), 'state') ~= 'open' then return nil end
  return query, round
end

-- Notes -------------------------------------------------------------------------------------------------------------
-- What people said about an item: {'flag|U1': {reason, at, settled}, 'correction|U1': {label, reason, at, settled},
-- 'vote|U1': {label, reason, at}, 'override': {user, label, reason, at}, 'settle': {user, reason, at}}. `settled`: an
-- adjudicator has answered it.

local function notes_on(project, item)
  local text = call('HGET', K.notes(project), item)
  return text and cjson.decode(text) or {}
end

local function store_notes(project, item, notes)
  if next(notes) == nil then
    call('HDEL', K.notes(project), item)
  else
    call('HSET', K.notes(project), item, cjson.encode(notes))
  end
end

-- The reason of a vote, from the fields of its log entry; a vote without one leaves the reason of an earlier one.
local function note_reason(project, flat)
  local fields = fields_of(flat)
  if fields.kind ~= 'vote' or not fields.reason then return end
  local notes = notes_on(project, fields.item)
  notes['vote|' .. fields.user] = { label = fields.label, reason = fields.reason, at = fields.at }
  store_notes(project, fields.item, notes)
end

-- Whether a vote, by the fields of its log entry, gives a reason that this person has not given for it before.
local function new_reason(project, flat)
  local fields = fields_of(flat)
  if not fields.reason then return false end
  local said = notes_on(project, fields.item)['vote|' .. fields.user]
  return not said or said.label ~= fields.label or said.reason ~= fields.reason
end

-- Marks all flags and corrections as answered, or as open again. Whether that changed any.
local function settle_all(notes, settled)
  local changed = false
  for _, note in pairs(notes) do
    if note.settled ~= nil and note.settled ~= settled then
      note.settled = settled
      changed = true
    end
  end
  return changed
end

-- nil, or the error to return: nothing can be said about that item (now).
local function refused(project, item)
  local error = frozen(project)
  if error then return error end
  if call('HEXISTS', K.items(project), item) == 0 then
    return redis.error_reply('NOTFOUND no-item ' .. project .. ' ' .. item)
  end
end

-- The message of the newest query for an item, if it was ever asked, is to be brought up to date.
local function touch_newest(project, item, at)
  local query = call('HGET', K.asked(project), item)
  if query then touch('query:' .. query, at) end
end

-- The seq that this delivery of a decision got before; nil: it comes for the first time. Whatever is found is written
-- anew: WAITAOF waits for the writes of its own connection, see cast.lua.
local function delivered_before(project, delivery)
  local key = K.decided(project, delivery)
  local seen = call('GET', key)
  if not seen then return nil end
  call('SET', key, seen, 'EX', ACTIONS_TTL)
  return seen
end

local function delivered(project, delivery, seq)
  call('SET', K.decided(project, delivery), seq, 'EX', ACTIONS_TTL)
end
