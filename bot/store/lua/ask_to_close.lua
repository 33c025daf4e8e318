-- ARGV: project, number, user, at (ISO), entry of the administrative log. The first wish stands.
local key = K.round(ARGV[1], ARGV[2])
local state = call('HGET', key, 'state')
if not state then return redis.error_reply('NOTFOUND no-round ' .. ARGV[1] .. ' ' .. ARGV[2]) end
if state ~= 'open' then return redis.error_reply('CONFLICT round-over ' .. ARGV[2] .. ' ' .. state) end
if call('HSETNX', key, 'close_wish', ARGV[3]) == 1 then log_act(ARGV[1], ARGV[5]) end
return call('HSETNX', key, 'close_wish_at', ARGV[4])
