-- An adjudicator's decision.  ARGV: project, item, label, at (ISO), at (ms).
local project, item, label = ARGV[1], ARGV[2], ARGV[3]
local error = frozen(project)
if error then return error end
if call('HEXISTS', K.items(project), item) == 0 then
  return redis.error_reply('NOTFOUND project ' .. project .. ' has no item ' .. item)
end
if call('HGET', K.overrides(project), item) == label then return 0 end
local query, round = open_query(project, item)
local entry = { 'kind', 'override', 'item', item, 'label', label, 'at', ARGV[4] }
if round then
  entry[#entry + 1] = 'round'
  entry[#entry + 1] = round
end
call('XADD', K.log(project), '*', unpack(entry))
call('HSET', K.overrides(project), item, label)
call('HINCRBY', K.meta(project), 'label_revision', 1)
settle_label(project, item, answers_on(project, item), math.huge, round)
if round then
  touch('query:' .. query, tonumber(ARGV[5]))
  touch('round:' .. project .. ':' .. round, tonumber(ARGV[5]))
end
return 1
