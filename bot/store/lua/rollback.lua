-- A lead goes back to an earlier model version. It stays current while the labels are as they are now.
-- ARGV: project, version id, entry of the administrative log. Returns the version that was current, '' for none.
local project, version, meta = ARGV[1], ARGV[2], K.meta(ARGV[1])
if call('HEXISTS', K.models(project), version) == 0 or call('EXISTS', K.blob(project, version)) == 0 then
  return redis.error_reply('NOTFOUND model-gone ' .. version)
end
local before = call('HGET', meta, 'model')
if before == version then return redis.error_reply('CONFLICT model-current ' .. version) end
call('HSET', meta, 'model', version, 'held', version .. '|' .. (call('HGET', meta, 'label_revision') or '0'))
log_act(project, ARGV[3])
return before or ''
