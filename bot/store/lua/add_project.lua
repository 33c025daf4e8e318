-- ARGV: project id, project (JSON), entry of the administrative log, posts (JSON), what makes this request this one ('' if nothing does),
-- and an import of its first items: id ('' for none), import (JSON), posts (JSON).
-- Returns 0 if the id is taken, unless it was this very request that took it.
local project, request = ARGV[1], ARGV[5]
if call('HSETNX', K.projects(), project, ARGV[2]) == 0 then
  return request ~= '' and delivered_before(project, request) and 1 or 0
end
log_act(project, ARGV[3])
intend(cjson.decode(ARGV[4]))
if request ~= '' then delivered(project, request, '1') end
if ARGV[6] ~= '' then add_import(ARGV[6], ARGV[7], cjson.decode(ARGV[8]), true) end
return 1
