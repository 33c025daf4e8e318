-- ARGV: name, holder, token. Only its holder releases it; the token stays good until the next one is given out.
local lock = K.lock(ARGV[1])
if call('GET', lock) == ARGV[3] .. '|' .. ARGV[2] then return call('DEL', lock) end
return 0
