-- ARGV: project id, project (JSON). Returns 0 if there is none of that id.
if call('HEXISTS', K.projects(), ARGV[1]) == 0 then return 0 end
call('HSET', K.projects(), ARGV[1], ARGV[2])
return 1
