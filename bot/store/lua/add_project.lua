-- ARGV: project id, project (JSON). Returns 0 if the id is taken.
return call('HSETNX', K.projects(), ARGV[1], ARGV[2])
