-- Locks a lane, or prolongs the lock of the same holder. KEYS: lock. Returns 0 while another one holds it.
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= request.holder then
  return 0
end
redis.call('SET', KEYS[1], request.holder, 'PX', request.forMs)
return 1
