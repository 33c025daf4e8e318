-- ARGV: id, import (JSON) as it was read, import (JSON), 1 if a worker has something to do with it, due (ms) of its
-- message's update, posts (JSON), token or '', entry of the administrative log. Returns 0 if it is not stored as it was read any more.
if ARGV[7] ~= '' then
  local error = stale(ARGV[7])
  if error then return error end
end
if call('HGET', K.imports(), ARGV[1]) ~= ARGV[2] then return 0 end
call('HSET', K.imports(), ARGV[1], ARGV[3])
if ARGV[4] == '1' then
  call('SADD', K.open_imports(), ARGV[1])
else
  call('SREM', K.open_imports(), ARGV[1])
end
touch('import:' .. ARGV[1], tonumber(ARGV[5]))
intend(cjson.decode(ARGV[6]))
log_act(cjson.decode(ARGV[3]).project_id, ARGV[8])
-- Not for each step of a running one: what waits for it (a worker, the project's first round) waits for the ends.
if cjson.decode(ARGV[2]).state ~= cjson.decode(ARGV[3]).state then wake() end
return 1
