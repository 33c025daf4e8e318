-- ARGV: token, project, number, reason, at (ISO). Returns the round's fields as they are then.
local error = stale(ARGV[1])
if error then return error end
local key = K.round(ARGV[2], ARGV[3])
local state = call('HGET', key, 'state')
if not state then return redis.error_reply('NOTFOUND no-round ' .. ARGV[2] .. ' ' .. ARGV[3]) end
if state == 'open' then
  call('HSET', key, 'state', 'closing', 'close_reason', ARGV[4], 'closing_at', ARGV[5])
end
return call('HGETALL', key)
