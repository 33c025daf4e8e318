-- ARGV: project, due (ms), bulletin (JSON), posts (JSON).  Returns 0 if that one was made before: the first one stands.
if call('HSETNX', K.bulletins(ARGV[1]), ARGV[2], ARGV[3]) == 0 then return 0 end
intend(cjson.decode(ARGV[4]))
return 1
