-- ARGV: user, day, at (ms), posts (JSON), how long the day is kept (s).  Returns 1 if the message was intended.
local user = ARGV[1]
local quiet = call('HGET', K.quiet(), user)
if quiet and (quiet == 'never' or tonumber(quiet) > tonumber(ARGV[3])) then return 0 end
if not call('SET', K.reminded(user, ARGV[2]), 1, 'NX', 'EX', ARGV[5]) then return 0 end
intend(cjson.decode(ARGV[4]))
return 1
