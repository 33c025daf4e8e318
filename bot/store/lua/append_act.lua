-- ARGV: project, the entry's fields (JSON list).
if call('HEXISTS', K.projects(), ARGV[1]) == 0 then
  return redis.error_reply('NOTFOUND no-project ' .. ARGV[1])
end
return log_act(ARGV[1], ARGV[2])
