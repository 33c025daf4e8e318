-- One step of a message on its way.  ARGV: step, key, token, then what the step needs (begin: nothing, or the channel; posted: ts;
-- failed, retry: error).  Returns the message's fields.
local step, key, token = ARGV[1], ARGV[2], ARGV[3]
local error = stale(token)
if error then return error end
local message = K.message(key)
local fields = fields_of(call('HGETALL', message))
if not fields.state then return redis.error_reply('NOTFOUND no-message ' .. key) end

local function leave_queue()
  call('ZREM', K.queue(), key)
  call('SREM', K.waiting(fields.project), key)
end

if step == 'begin' then
  -- What is rendered from here on shows this revision or a later one. After a crash the first one stands: it is not
  -- known which attempt arrived, and an update too many does no harm.
  if fields.state == 'queued' then call('HSET', message, 'rendered', fields.revision) end
  if fields.state ~= 'posted' then call('HSET', message, 'state', 'sending') end
  -- Intended for a person: from here on it is known in which conversation.
  if ARGV[4] then call('HSET', message, 'channel', ARGV[4]) end
  call('HINCRBY', message, 'attempts', 1)
elseif step == 'posted' then
  call('HSET', message, 'state', 'posted', 'ts', ARGV[4])
  call('HDEL', message, 'error')
  call('HSET', K.posted(), fields.channel .. '|' .. ARGV[4], key)
  leave_queue()
  -- Touched since it was rendered: due at once.
  if fields.revision ~= fields.rendered then call('ZADD', K.due(), 'LT', 0, key) end
elseif step == 'failed' then
  call('HSET', message, 'state', 'failed', 'error', ARGV[4])
  leave_queue()
elseif step == 'retry' then
  if fields.state == 'sending' then call('HSET', message, 'state', 'queued') end
  call('HSET', message, 'error', ARGV[4])
end
return call('HGETALL', message)
