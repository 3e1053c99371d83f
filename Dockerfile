# The version of Node is the one that package.json pins for every npm script.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# The one package that Web Chat needs and that makes its files when it is installed.
RUN npm ci --ignore-scripts && npm rebuild p-defer-es5
COPY knowledge knowledge
COPY locales locales
COPY dialogs dialogs
COPY src src
# The model, the page, the service and its compiled form are made here; what only the build needs stays behind, and of the
# packages half: maps, types, the compiler that i18next names, and the forms of the recognizers that Node never loads.
RUN node src/operations/build.ts && npm prune --omit=dev --ignore-scripts \
  && find node_modules -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete \
  && rm -rf node_modules/typescript node_modules/@typescript node_modules/@microsoft/recognizers-text*/dist/*.browser.js node_modules/@microsoft/recognizers-text*/dist/*.es5.js

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production PORT=3978 STORE=sqlite:/app/data/bot.sqlite
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/knowledge knowledge
COPY --from=build /app/locales locales
COPY --from=build /app/dialogs dialogs
COPY --from=build /app/src src
COPY --from=build /app/build build
RUN mkdir data && chown node:node data
USER node
VOLUME /app/data
EXPOSE 3978
HEALTHCHECK --interval=30s --timeout=3s CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--disable-warning=DEP0040", "--max-semi-space-size=2", "--heap-growing-percent=100", "--v8-pool-size=1", "build/service/start.js"]
