# Farthing from source: a JDK with Maven builds it, a JRE runs it.
# Both stages can be given other bases: --build-arg BUILDER=… --build-arg RUNTIME=…
ARG BUILDER=maven:3.9-eclipse-temurin-17
ARG RUNTIME=eclipse-temurin:17-jre

FROM ${BUILDER} AS build
WORKDIR /src
COPY . .
RUN mvn -B -ntp -DskipTests -pl node -am package

FROM ${RUNTIME}
# A user of its own, and the folder where the node keeps everything.
RUN useradd --system --uid 28760 --user-group --home-dir /data --shell /usr/sbin/nologin farthing \
    && install -d -o farthing -g farthing -m 700 /data
COPY --from=build /src/farthing /src/LICENSE /opt/farthing/
COPY --from=build /src/node/target/*.jar /opt/farthing/node/target/
COPY --from=build /src/node/target/lib /opt/farthing/node/target/lib
# The first run makes the archive of classes that shortens all later starts.
RUN ln -s /opt/farthing/farthing /usr/local/bin/farthing && farthing version

USER farthing
WORKDIR /data
VOLUME /data
# Read by the node and by the commands that speak to it alike.
ENV FARTHING_DATA_DIR=/data
# Peers and RPC of testnet (regtest: 18444 and 18443).
EXPOSE 28760 28761

# The launcher becomes the JVM, so the node is process 1 and gets the stop signal.
ENTRYPOINT ["farthing"]
CMD ["node"]
HEALTHCHECK --interval=30s --timeout=20s --start-period=60s --retries=3 \
    CMD ["farthing", "status"]
