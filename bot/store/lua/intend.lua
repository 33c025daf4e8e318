-- ARGV: posts (JSON), project and entry of its administrative log ('' for none), if the posts are what the entry tells of: it is
-- logged with the first of them, and not again where that is there already.
local posts = cjson.decode(ARGV[1])
local known = call('EXISTS', K.message(posts[1][1])) == 1
intend(posts)
if not known then log_act(ARGV[2], ARGV[3]) end
return 1
