-- ARGV: user, until (ms), 'never' or 'no'.  "Never" stands against a shorter wish; only 'no' ends it.
local user, wish = ARGV[1], ARGV[2]
if wish == 'no' then return call('HDEL', K.quiet(), user) end
if wish ~= 'never' and call('HGET', K.quiet(), user) == 'never' then return 0 end
call('HSET', K.quiet(), user, wish)
return 1
