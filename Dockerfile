# One image for every role: ROLE says what a container does.
#
#   docker build -t tiktok-live-support .
#   docker run -p 8000:8000 -v live-data:/data tiktok-live-support

FROM denoland/deno:2.9.6 AS build
WORKDIR /app
# What is installed changes less often than the program.
COPY deno.json deno.lock ./
COPY fresh/deno.json fresh/
RUN deno install
COPY . .
RUN deno task build

FROM denoland/deno:2.9.6
WORKDIR /app
# The program may read itself and nothing of it may be changed: root owns it.
COPY --from=build /app /app
RUN mkdir /data && chown deno:deno /data
VOLUME /data
USER deno
ENV HOST=0.0.0.0 PORT=8000 DATA_DIR=/data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["deno", "run", "--no-prompt", "--allow-net=127.0.0.1", "--allow-env=PORT", "tasks/healthy.ts"]
# With ROLE=web nothing is written; /data is then not even looked at.
CMD ["deno", "run", "--no-prompt", "--cached-only", "--allow-net", "--allow-env", "--allow-read=.,/data", "--allow-write=/data", "_fresh/program.js"]
