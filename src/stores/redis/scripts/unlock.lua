-- Opens a lock of the same holder. KEYS: lock.
if redis.call('GET', KEYS[1]) == request.holder then
  return redis.call('DEL', KEYS[1])
end
return 0
