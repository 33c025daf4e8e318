-- ARGV: project id, project (JSON) as it was read, project (JSON), entry of the administrative log. Returns 0 if it is not
-- stored as it was read any more.
if call('HGET', K.projects(), ARGV[1]) ~= ARGV[2] then return 0 end
call('HSET', K.projects(), ARGV[1], ARGV[3])
log_act(ARGV[1], ARGV[4])
return 1
