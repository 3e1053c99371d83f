-- A queue in one group of lanes has four keys:
--   lanes   sorted set: each lane that has a job, by the time from which on its first job can be taken; of those that
--           can be taken at once, by the time when it was added, long before any other time: a clock that is set back
--           holds nothing up
--   order   sorted set by name: lane, place, number and id of each job that waits, so that those of a lane stand in order
--   jobs    hash: record:<id>, member:<id> (in `order`), attempts:<id>, activity:<id>, due:<id> of what waits;
--           lease:<lane> = when it ends, and the id of the job
--   ids     sorted set: the ids that are known, by the time when they were added

local BAR = '\0'
local AT_ONCE = -1e15

local function queue_at(place)
  return { lanes = KEYS[place], order = KEYS[place + 1], jobs = KEYS[place + 2], ids = KEYS[place + 3] }
end

local function first_of(queue, lane)
  local member = redis.call('ZRANGE', queue.order, '[' .. lane .. BAR, '(' .. lane .. '\1', 'BYLEX', 'LIMIT', 0, 1)[1]
  -- After the lane stand 16 digits of the place and 12 of the number, each with its bar.
  return member and string.sub(member, #lane + 32)
end

-- Puts down when the first job of a lane can be taken; a lane without one goes.
local function settle(queue, lane)
  local id = first_of(queue, lane)
  if id then
    local due = redis.call('HGET', queue.jobs, 'due:' .. id) or AT_ONCE + redis.call('ZSCORE', queue.ids, id)
    redis.call('ZADD', queue.lanes, due, lane)
  else
    redis.call('ZREM', queue.lanes, lane)
  end
end

local function lease_of(queue, lane)
  local lease = redis.call('HGET', queue.jobs, 'lease:' .. lane)
  if not lease then
    return nil
  end
  local ends, id = string.match(lease, '^(%d+) (.*)$')
  return { ends = tonumber(ends), id = id }
end

-- Has this job been taken for the last time by who asks?
local function holds(queue, job)
  local lease = lease_of(queue, job.lane)
  return lease and lease.id == job.id and redis.call('HGET', queue.jobs, 'attempts:' .. job.id) == tostring(job.attempts)
end

-- Adds a job; `activity` is the number of the one that it is for. Returns how many are new: one or none.
local function add_job(queue, job, activity)
  if redis.call('ZADD', queue.ids, 'NX', now(), job.id) == 0 then
    return 0
  end
  local number = redis.call('HINCRBY', queue.jobs, 'number', 1)
  local member = table.concat({ job.lane, job.place, string.format('%012d', number), job.id }, BAR)
  redis.call('ZADD', queue.order, 0, member)
  redis.call('HSET', queue.jobs, 'record:' .. job.id, job.record, 'member:' .. job.id, member)
  if activity then
    redis.call('HSET', queue.jobs, 'activity:' .. job.id, activity)
  end
  local lease = lease_of(queue, job.lane)
  if not lease or lease.ends <= now() then
    settle(queue, job.lane)
  end
  for _, key in pairs(queue) do
    redis.call('PEXPIRE', key, JOBS_KNOWN)
  end
  return 1
end

-- Takes a job out of its lane, and the lease with it if it is the one that is held. What another job holds stays held.
local function remove_job(queue, lane, id)
  local member = redis.call('HGET', queue.jobs, 'member:' .. id)
  if member then
    redis.call('ZREM', queue.order, member)
  end
  local fields = {}
  for _, name in ipairs({ 'record', 'member', 'attempts', 'activity', 'due' }) do
    table.insert(fields, name .. ':' .. id)
  end
  redis.call('HDEL', queue.jobs, unpack(fields))
  local lease = lease_of(queue, lane)
  if lease and lease.id == id then
    redis.call('HDEL', queue.jobs, 'lease:' .. lane)
  end
  if not lease or lease.id == id or lease.ends <= now() then
    settle(queue, lane)
  end
end

-- A job that is done: its id stays known only where it may come again.
local function end_job(queue, lane, id, once)
  remove_job(queue, lane, id)
  if not once then
    redis.call('ZREM', queue.ids, id)
  end
end
