-- Takes the next job that is due in a group of lanes. KEYS: queue. Returns { record, attempts, number of its
-- activity or 0, 1 where who took it before let the lease end }.
local queue = queue_at(1)
local time = now()
local lane = redis.call('ZRANGE', queue.lanes, '-inf', time, 'BYSCORE', 'LIMIT', 0, 1)[1]
if not lane then
  return nil
end
local id = first_of(queue, lane)
local before = lease_of(queue, lane)
local attempts = redis.call('HINCRBY', queue.jobs, 'attempts:' .. id, 1)
local ends = time + request.leaseMs
redis.call('HSET', queue.jobs, 'lease:' .. lane, string.format('%.0f', ends) .. ' ' .. id)
redis.call('ZADD', queue.lanes, ends, lane)
local activity = redis.call('HGET', queue.jobs, 'activity:' .. id)
return { redis.call('HGET', queue.jobs, 'record:' .. id), attempts, tonumber(activity or 0), before and before.id == id and 1 or 0 }
