-- At most one wake-up waits: a worker looks at all there is to do.
if call('LLEN', K.wake()) == 0 then call('LPUSH', K.wake(), 1) end
return 1
