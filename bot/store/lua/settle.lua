-- ARGV: key, revision that the message shows. Returns 1 if no update is due.
local key, revision = ARGV[1], tonumber(ARGV[2])
local stored = call('HMGET', K.message(key), 'revision', 'state')
if tonumber(stored[1] or 0) > revision then
  -- Two senders crossed: a newer state was shown and settled, and this older one arrived after it. So it is due again.
  if stored[2] == 'posted' then call('ZADD', K.due(), 'NX', 0, key) end
  return 0
end
call('ZREM', K.due(), key)
return 1
