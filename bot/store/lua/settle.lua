-- ARGV: key, revision that the message shows. Returns 1 if no update is due.
local key, revision = ARGV[1], tonumber(ARGV[2])
if tonumber(call('HGET', K.message(key), 'revision') or 0) > revision then return 0 end
call('ZREM', K.due(), key)
return 1
