-- All that a query's message shows, of one moment.  ARGV: project, round, position, query id.  '' for what isn't there.
local project, round = ARGV[1], ARGV[2]
local query = call('HGET', K.queries(project, round), ARGV[3])
if not query then return false end
local item = cjson.decode(query).item_id
-- Whether the item is being asked again in a later round that people can still answer.
local newest = call('HGET', K.asked(project), item) or ARGV[4]
local later = newest ~= ARGV[4] and call('HGET', K.round(project, string.match(newest, ':(%d+):')), 'state') or ''
return {
  call('HGET', K.projects(), project) or '', query,
  call('HGET', K.items(project), item) or '',
  call('HGET', K.round(project, round), 'state') or '',
  call('HGET', K.answers(project), item) or '{}',
  call('HGET', K.labels(project), item) or '',
  tonumber(call('HGET', K.message('query:' .. ARGV[4]), 'revision') or 0),
  call('HGET', K.notes(project), item) or '{}',
  (later == 'open' or later == 'closing') and 1 or 0,
}
