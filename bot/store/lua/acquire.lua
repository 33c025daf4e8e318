-- ARGV: name, holder, milliseconds. Returns the token, or false while another holder has it.
local lock, held = K.lock(ARGV[1]), nil
held = call('GET', lock)
if held then
  local token, holder = string.match(held, '^(%d+)|(.*)$')
  if holder ~= ARGV[2] then return false end
  call('PEXPIRE', lock, ARGV[3])
  call('EXPIRE', K.newest(ARGV[1]), FENCE_TTL)
  call('EXPIRE', K.fence(token), FENCE_TTL)
  return tonumber(token)
end
local token = call('INCR', K.tokens())
local older = call('GET', K.newest(ARGV[1]))
if older then call('DEL', K.fence(older)) end
call('SET', K.newest(ARGV[1]), token, 'EX', FENCE_TTL)
call('SET', K.fence(token), ARGV[1], 'EX', FENCE_TTL)
call('SET', lock, token .. '|' .. ARGV[2], 'PX', ARGV[3])
return token
