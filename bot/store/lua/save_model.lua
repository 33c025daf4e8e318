-- ARGV: token, project, version id, version (JSON), bytes. Returns 1, or 0 if the version is there already.
local error = stale(ARGV[1])
if error then return error end
if call('HEXISTS', K.models(ARGV[2]), ARGV[3]) == 1 then return 0 end
call('SET', K.blob(ARGV[2], ARGV[3]), ARGV[5])
call('HSET', K.models(ARGV[2]), ARGV[3], ARGV[4])
call('HSET', K.meta(ARGV[2]), 'model', ARGV[3])
return 1
