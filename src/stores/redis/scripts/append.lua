-- Adds an activity to a feed, with the job that it is for. KEYS: conversation, queue of the job if there is one.
-- Returns { number, repeated }; the number 0 where there is no such conversation.
local conversation = conversation_at(1)
if redis.call('EXISTS', conversation.last) == 0 then
  return { 0, 0 }
end
local before = request.clientId and redis.call('HGET', conversation.clients, request.clientId)
if before then
  touch(conversation, request.conversation)
  return { tonumber(before), 1 }
end
local number = say(conversation, request.activity)
if request.clientId then
  redis.call('HSET', conversation.clients, request.clientId, number)
end
if request.job then
  add_job(queue_at(6), request.job, number)
end
touch(conversation, request.conversation)
tell()
return { number, 0 }
