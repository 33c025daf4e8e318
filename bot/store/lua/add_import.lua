-- ARGV: id, import (JSON), posts (JSON), 1 if a worker has something to do with it. Returns 0 if it is there already.
return add_import(ARGV[1], ARGV[2], cjson.decode(ARGV[3]), ARGV[4] == '1') and 1 or 0
