-- ARGV: token, project, number, report (JSON), posts (JSON), keys to touch (JSON), at (ISO), at (ms).
-- Returns 1, or 0 if the round is finished already.
local project, number, at = ARGV[2], ARGV[3], tonumber(ARGV[8])
local error = stale(ARGV[1])
if error then return error end
local key = K.round(project, number)
local state = call('HGET', key, 'state')
if not state then return redis.error_reply('NOTFOUND no-round ' .. project .. ' ' .. number) end
if state == 'closed' then return 0 end
if state == 'open' then
  return redis.error_reply('CONFLICT round ' .. number .. ' is still open; begin_closing comes first')
end
call('HSET', K.reports(project), number, ARGV[4])
call('HSET', key, 'state', 'closed', 'closed_at', ARGV[7])
call('EXPIRE', K.actions(project, number), ACTIONS_TTL)
intend(cjson.decode(ARGV[5]))
for _, touched in ipairs(cjson.decode(ARGV[6])) do touch(touched, at) end
return 1
