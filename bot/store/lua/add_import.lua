-- ARGV: id, import (JSON), posts (JSON), 1 if a worker has something to do with it. Returns 0 if it is there already.
if call('HSETNX', K.imports(), ARGV[1], ARGV[2]) == 0 then return 0 end
if ARGV[4] == '1' then call('SADD', K.open_imports(), ARGV[1]) end
intend(cjson.decode(ARGV[3]))
wake()
return 1
