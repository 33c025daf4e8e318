-- ARGV: token, project, number, posts (JSON), round's fields (JSON list), the audit's rates, then the queries (JSON) by position.
-- Returns 1, or 0 if the round is there already.
local project, number = ARGV[2], tonumber(ARGV[3])
local error = stale(ARGV[1])
if error then return error end
local key = K.round(project, number)
if call('EXISTS', key) == 1 then return 0 end
local newest = tonumber(call('HGET', K.meta(project), 'round') or 0)
if number ~= newest + 1 then
  return redis.error_reply('CONFLICT round ' .. number .. ' can\'t be opened: the newest is round ' .. newest)
end
if newest > 0 and call('HGET', K.round(project, newest), 'state') ~= 'closed' then
  return redis.error_reply('CONFLICT round ' .. number .. ' can\'t be opened: round ' .. newest .. ' is not closed yet')
end

-- What it wants is an answer of somebody new, so it is not answered yet. `rebuild` reads what is written here.
local function ask_again(query)
  call('HSET', K.again(project, number), query.item_id, cjson.encode(query.earlier))
  local label = call('HGET', K.labels(project), query.item_id)
  -- Known answers only: one that people's votes decide meanwhile is not known any more.
  if query.again == 'gold' and label and cjson.decode(label).decided_by ~= 'majority' then
    call('SADD', K.gold(project), query.item_id)
  end
end

local answered = 0
for i = 7, #ARGV do
  local query = cjson.decode(ARGV[i])
  call('HSET', K.queries(project, number), query.position, ARGV[i])
  call('HSET', K.asked(project), query.item_id, query.id)
  if query.again and query.again ~= cjson.null then
    ask_again(query)
  else
    answered = answered + call('HEXISTS', K.labels(project), query.item_id)
  end
end
call('HSET', key, unpack(cjson.decode(ARGV[5])))
-- An item may have its label already; `rebuild` starts from answered_at_start.
call('HSET', key, 'answered', answered, 'answered_at_start', answered)
call('HSET', K.meta(project), 'round', number)
call('SET', K.rates(project), ARGV[6])
intend(cjson.decode(ARGV[4]))
return 1
