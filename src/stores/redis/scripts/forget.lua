-- Deletes what was said in a conversation and what is remembered of it. KEYS: conversation.
local conversation = conversation_at(1)
redis.call('DEL', conversation.feed, conversation.clients)
if redis.call('EXISTS', conversation.last, conversation.states) == 0 then
  redis.call('ZREM', conversation.used, request.conversation)
end
return 1
