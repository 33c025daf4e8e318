-- ARGV: token, project, version id, version (JSON), bytes, label revision. Returns 1, or 0 if the version was there already.
local error = stale(ARGV[1])
if error then return error end
local project, version, meta = ARGV[2], ARGV[3], K.meta(ARGV[2])
local known = call('HEXISTS', K.models(project), version)
if known == 0 or call('EXISTS', K.blob(project, version)) == 0 then call('SET', K.blob(project, version), ARGV[5]) end
if known == 0 then call('HSET', K.models(project), version, ARGV[4]) end
-- A version that a lead went back to stays until labels have moved: see rollback.lua.
local held = call('HGET', meta, 'held')
if held and string.match(held, '|(%d+)$') == ARGV[6] then return 1 - known end
call('HDEL', meta, 'held')
call('HSET', meta, 'model', version)
return 1 - known
