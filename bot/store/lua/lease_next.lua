-- The next item for one person: the first query of the open round, by position, that they have neither answered nor
-- skipped and that still wants people: votes and others' live leases together are fewer than its overlap. A tie
-- (enough votes, no label) wants one person more; an item asked again wants one who had not answered it before. The item is leased to them; an item that they hold already stays theirs.
-- ARGV: project, user, at (ms), 'lease' or 'count' (leases nothing, counts all), round and position of the item that they
-- answered last ('' for none).
-- Returns false without such a project, else {project, round, state, total, answered, own answers, left, busy,
-- last item's answers, query, item, answers, label, revision}; '' for nothing.
local project, user, at, mode = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]
local CHUNK = 64
local stored = call('HGET', K.projects(), project)
if not stored then return false end
local overlap = cjson.decode(stored).overlap

-- The id as it stands in the JSON, where it has no escapes: decoding hundreds of queries takes milliseconds. Within a
-- string every quote is escaped, so nothing else can look like this.
local function item_of(query)
  return string.match(query, '"item_id":"([^"\\]*)"') or cjson.decode(query).item_id
end

local function item_at(round, position)
  local query = call('HGET', K.queries(project, round), position)
  return query, query and item_of(query)
end

-- Of an item asked again only what was said in this round: who answers must not learn that others had answered before.
local function last_answers()
  local _, item = item_at(ARGV[5], ARGV[6])
  local text = item and call('HGET', K.answers(project), item) or ''
  if text == '' or call('HEXISTS', K.again(project, ARGV[5]), item) == 0 then return text end
  local answers = cjson.decode(text)
  for user, answer in pairs(answers) do
    if answer[2] ~= tonumber(ARGV[5]) then answers[user] = nil end
  end
  return cjson.encode(answers)
end

local last = ARGV[6] ~= '' and last_answers() or ''

local round = call('HGET', K.meta(project), 'round')
if not round then return { stored, '', '', 0, 0, 0, 0, 0, last, '' } end
local progress = call('HMGET', K.round(project, round), 'state', 'total', 'answered')
local total = tonumber(progress[2] or 0)
local own = tonumber(call('HGET', K.people(project, round), user) or 0)
local head = { stored, round, progress[1], total, tonumber(progress[3] or 0), own, 0, 0, last, '' }
if progress[1] ~= 'open' then return head end

local leases, taken, held = K.leases(project, round), {}, nil
for holder, lease in pairs(fields_of(call('HGETALL', leases))) do
  local position, runs_out = string.match(lease, '^(%d+)|(%d+)$')
  if tonumber(runs_out) <= at then
    call('HDEL', leases, holder)
  elseif holder == user then
    held = tonumber(position)
  else
    taken[tonumber(position)] = (taken[tonumber(position)] or 0) + 1
  end
end

local again = fields_of(call('HGETALL', K.again(project, round))) -- item -> its earlier people (JSON)

-- The same as `standing`, below, for an item asked again.
local function standing_again(position, item, text)
  local answers, earlier = text and cjson.decode(text) or {}, {}
  for _, person in ipairs(cjson.decode(again[item])) do earlier[person] = true end
  local mine = answers[user]
  if earlier[user] or (mine and (mine[1] or mine[2] == tonumber(round))) then return 'done' end
  if newcomer(answers, round, earlier) then return 'done' end
  return taken[position] and 'busy' or 'free'
end

-- 'free', 'busy' (only others' leases stand in the way) or 'done' for this person.
local function standing(position, item, text, label)
  if again[item] then return standing_again(position, item, text) end
  local decided = label and string.match(label, '"decided_by":"(%l+)"')
  -- With an overlap of 1 a majority has all its votes: no need to count them.
  if decided == 'override' or (decided == 'majority' and overlap == 1) then return 'done' end
  local answers, votes = text and cjson.decode(text) or {}, 0
  local mine = answers[user]
  if mine and (mine[1] or mine[2] == tonumber(round)) then return 'done' end
  for person, answer in pairs(answers) do
    if person ~= 'import' and answer[1] then votes = votes + 1 end
  end
  local wanted = overlap
  if votes >= overlap then
    if label then return 'done' end
    wanted = votes + 1
  end
  return votes + (taken[position] or 0) < wanted and 'free' or 'busy'
end

local function serve(position, query, item, text, label)
  call('HSET', leases, user, position .. '|' .. string.format('%d', at + LEASE_MS))
  call('PEXPIRE', leases, LEASE_MS)
  head[10], head[11] = query, call('HGET', K.items(project), item) or ''
  head[12], head[13] = text or '{}', label or ''
  local id = project .. ':' .. round .. ':' .. position
  head[14] = tonumber(call('HGET', K.message('query:' .. id), 'revision') or 0)
  return head
end

if held and mode == 'lease' then
  local query, item = item_at(round, held)
  local text, label = call('HGET', K.answers(project), item), call('HGET', K.labels(project), item)
  if standing(held, item, text, label) == 'free' then return serve(held, query, item, text, label) end
  call('HDEL', leases, user)
end

for from = 0, total - 1, CHUNK do
  local positions, items = {}, {}
  for position = from, math.min(from + CHUNK, total) - 1 do positions[#positions + 1] = position end
  local queries = call('HMGET', K.queries(project, round), unpack(positions))
  for i, query in ipairs(queries) do items[i] = query and item_of(query) or '' end
  local texts = call('HMGET', K.answers(project), unpack(items))
  local labels = call('HMGET', K.labels(project), unpack(items))
  for i, position in ipairs(positions) do
    local found = queries[i] and standing(position, items[i], texts[i], labels[i]) or 'done'
    if found == 'free' then
      if mode == 'lease' then return serve(position, queries[i], items[i], texts[i], labels[i]) end
      head[7] = head[7] + 1
    elseif found == 'busy' then
      head[8] = head[8] + 1
    end
  end
end
return head
