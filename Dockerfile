# The image for real servers: web, worker and clock all run from it (see docker-compose.yml).
FROM python:3.13-slim-bookworm AS packages
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements.lock /
RUN python -m venv /venv && /venv/bin/pip install --quiet --require-hashes -r /requirements.lock

FROM python:3.13-slim-bookworm
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    ADVISOR_VAR=/data \
    STATIC_ROOT=/srv/static
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin advisor \
    && install --directory --owner=advisor --group=advisor --mode=0700 /data
COPY --from=packages /venv /venv
WORKDIR /srv/advisor
COPY manage.py ./
COPY advisor advisor
COPY templates templates
COPY static static
COPY locale locale
# Collecting needs settings but no secret: a key made for this one command is left behind in a folder that is removed.
RUN ADVISOR_VAR=/tmp/build python manage.py collectstatic --noinput --verbosity 0 && rm -r /tmp/build
USER advisor
VOLUME /data
EXPOSE 8000
CMD ["python", "-m", "advisor.web.serve", "--host", "0.0.0.0", "--port", "8000"]
