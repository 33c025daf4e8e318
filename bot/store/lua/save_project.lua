-- ARGV: project id, project (JSON) as it was read, project (JSON), entry of the administrative log, labels that go, labels that come
-- (JSON lists), where the log ended when it was looked whether those that go are in use.
-- Returns 0 if the project is not stored as it was read any more, -1 if somebody said a label that goes since then.
local project, going, coming = ARGV[1], cjson.decode(ARGV[5]), cjson.decode(ARGV[6])
if call('HGET', K.projects(), project) ~= ARGV[2] then return 0 end
if #going > 0 then
  local goes = {}
  for _, label in ipairs(going) do goes[label] = true end
  for _, entry in ipairs(call('XRANGE', K.log(project), '(' .. ARGV[7], '+')) do
    local answer = fields_of(entry[2]).label
    for _, label in ipairs(answer and labels_in(project, answer) or {}) do
      if goes[label] then return -1 end
    end
  end
  call('SADD', K.gone(project), unpack(going))
end
if #coming > 0 then call('SREM', K.gone(project), unpack(coming)) end
call('HSET', K.projects(), project, ARGV[3])
log_act(project, ARGV[4])
return 1
