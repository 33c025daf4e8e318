-- All that a query's message shows, of one moment.  ARGV: project, round, position, query id.  '' for what isn't there.
local project, round = ARGV[1], ARGV[2]
local query = call('HGET', K.queries(project, round), ARGV[3])
if not query then return false end
local item = cjson.decode(query).item_id
return {
  call('HGET', K.projects(), project) or '', query,
  call('HGET', K.items(project), item) or '',
  call('HGET', K.round(project, round), 'state') or '',
  call('HGET', K.answers(project), item) or '{}',
  call('HGET', K.labels(project), item) or '',
  tonumber(call('HGET', K.message('query:' .. ARGV[4]), 'revision') or 0),
  call('HGET', K.notes(project), item) or '{}',
}
