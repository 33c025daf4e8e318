-- A chunk of an import, all or none of it.
-- ARGV: project, at (ms), then for each item: id, text hash, item (JSON), label or '', log fields (JSON list) or ''.
-- Returns for each item {kind, id of the item that is there or ''}.
local project, at = ARGV[1], tonumber(ARGV[2])
local items, texts, linked = K.items(project), K.texts(project), K.linked(project)
local results = {}
local chain = call('HGET', K.meta(project), 'items_chain') or ''
local error = frozen(project)
if error then return error end

local function add(id, hash, json)
  local there = call('HGET', texts, hash)
  if there == id then return 'known', id end
  if call('HEXISTS', items, id) == 1 then return 'clash' end
  local link = call('HGET', linked, id)
  if link and link ~= there then return 'clash' end
  if there then
    if not link then call('HSET', linked, id, there) end
    return 'duplicate', there
  end
  call('HSET', items, id, json)
  call('HSET', texts, hash, id)
  call('RPUSH', K.arrivals(project), id)
  chain = redis.sha1hex(chain .. '\n' .. id .. '\n' .. hash) -- bot.services.ports.chained says the same
  call('HSET', K.meta(project), 'items_chain', chain)
  call('HINCRBY', K.meta(project), 'items_revision', 1)
  return 'added', id
end

local function record(item, label, fields)
  if call('HEXISTS', K.labels(project), item) == 1 then return end
  local answers = answers_on(project, item)
  if answers['import'] then return end
  local query, round = open_query(project, item)
  local entry = cjson.decode(fields)
  entry[#entry + 1] = 'item'
  entry[#entry + 1] = item
  if round then
    entry[#entry + 1] = 'round'
    entry[#entry + 1] = round
  end
  call('XADD', K.log(project), '*', unpack(entry))
  answers['import'] = { label, 0 }
  store_answers(project, item, answers)
  call('HINCRBY', K.meta(project), 'label_revision', 1)
  settle_label(project, item, answers, math.huge, round)
  if round then
    touch('query:' .. query, at)
    touch('round:' .. project .. ':' .. round, at)
  end
end

for i = 3, #ARGV, 5 do
  local gone = taken_away(project, ARGV[i + 3])
  if gone then return gone end
end

for i = 3, #ARGV, 5 do
  local kind, there = add(ARGV[i], ARGV[i + 1], ARGV[i + 2])
  if there and ARGV[i + 3] ~= '' then record(there, ARGV[i + 3], ARGV[i + 4]) end
  results[#results + 1] = { kind, kind == 'duplicate' and there or '' }
end
return results
