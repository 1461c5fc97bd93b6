# One image for the three processes; which one runs is said by `command` in docker-compose.yml.
FROM node:26-slim
WORKDIR /app
ENV NODE_ENV=production
COPY package.json package-lock.json .npmrc ./
# Sharp's programs are optional packages, as is the Node of `npm start`, which this image has already.
RUN npm install --no-save --ignore-scripts --omit=dev && rm -rf node_modules/node-* && npm cache clean --force
COPY core core
COPY bots bots
COPY jobs jobs
COPY infra infra
COPY locales locales
# Anchors, the list of erasures and backups: a volume of its own in docker-compose.yml, or they go with the container.
RUN mkdir -m 700 .data && chown node .data
USER node
# The flag: danger words are ready three times sooner (infra/setup/go.mjs).
CMD ["node", "--no-regexp-tier-up", "infra/main.ts"]
