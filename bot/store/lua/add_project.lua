-- ARGV: project id, project (JSON), entry of the administrative log. Returns 0 if the id is taken.
local added = call('HSETNX', K.projects(), ARGV[1], ARGV[2])
if added == 1 then log_act(ARGV[1], ARGV[3]) end
return added
