-- Deletes a conversation that nobody has used since a time. KEYS: conversation. Returns 1 where it was an open one.
local conversation = conversation_at(1)
local used = redis.call('ZSCORE', conversation.used, request.conversation)
if not used or tonumber(used) >= request.before then
  return 0
end
local open = redis.call('EXISTS', conversation.last)
redis.call('DEL', conversation.last, conversation.feed, conversation.clients, conversation.states)
redis.call('ZREM', conversation.used, request.conversation)
return open
