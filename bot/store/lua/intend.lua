-- ARGV: posts (JSON).
intend(cjson.decode(ARGV[1]))
return 1
