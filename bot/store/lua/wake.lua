-- Tells the workers that there is something to do.
wake()
return 1
